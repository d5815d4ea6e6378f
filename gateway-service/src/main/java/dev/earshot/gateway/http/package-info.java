/**
 * What all resources share: path parameters as values, links, the header fields of every answer.
 *
 * <p>Invariants: whatever is not audio is {@code no-store}; nothing is sniffed.
 */
@NullMarked
package dev.earshot.gateway.http;

import org.jspecify.annotations.NullMarked;
