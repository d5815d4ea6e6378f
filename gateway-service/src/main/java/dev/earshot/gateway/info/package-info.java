/**
 * What is known about a recording, without any effect on it.
 *
 * <p>Invariants: the look-up is by the caller's tenant; no URL of the store and no SID of another tenant is told.
 */
@NullMarked
package dev.earshot.gateway.info;

import org.jspecify.annotations.NullMarked;
