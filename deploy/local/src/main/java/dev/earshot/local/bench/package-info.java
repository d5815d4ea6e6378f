/**
 * Measurements that can be repeated: {@code ./earshot bench NAME}. Each prints what it found and ends with 1 if that is
 * not what was promised.
 */
@NullMarked
package dev.earshot.local.bench;

import org.jspecify.annotations.NullMarked;
