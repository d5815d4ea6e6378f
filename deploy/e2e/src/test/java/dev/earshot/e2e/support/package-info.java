/** What the whole-system tests stand on: the running stack, and a client for each of its sides. */
@NullMarked
package dev.earshot.e2e.support;

import org.jspecify.annotations.NullMarked;
