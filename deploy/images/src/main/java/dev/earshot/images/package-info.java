/**
 * Builds the container images of both services without a container engine.
 *
 * <pre>
 * a service's target/quarkus-app ─┬─▶ ServiceImage ─▶ NAME.tar       OCI archive: base, libraries, our code
 *                                 └─▶ Bom          ─▶ NAME.cdx.json  CycloneDX SBOM of exactly these jars
 * </pre>
 *
 * <p>Invariants: the base is pinned, by digest or as a file; the same input gives the same image, byte for byte; nothing in an image is writable
 * for the user that runs it, but for the fetcher's spool.
 */
@NullMarked
package dev.earshot.images;

import org.jspecify.annotations.NullMarked;
