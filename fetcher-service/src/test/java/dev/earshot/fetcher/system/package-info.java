/** The whole fetcher on real parts. */
@NullMarked
package dev.earshot.fetcher.system;

import org.jspecify.annotations.NullMarked;
