/**
 * The stack's folder: data, logs, run files, and the account and tenant files that both services read.
 *
 * <p>Invariant: a configuration file that exists is never written again, whatever is asked for.
 */
@NullMarked
package dev.earshot.local.home;

import org.jspecify.annotations.NullMarked;
