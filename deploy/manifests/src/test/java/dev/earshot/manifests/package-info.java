/**
 * Tests of {@code k8s/}, without a cluster.
 *
 * <p>Purpose: every overlay and component renders, and what is rendered is what Kubernetes and the operators take, sets no
 * key that the services do not read, and keeps our policies. Each check is a function from what was rendered to the
 * problems in it, so that it can be shown to fail ({@code MutationTest}).
 */
@NullMarked
package dev.earshot.manifests;

import org.jspecify.annotations.NullMarked;
