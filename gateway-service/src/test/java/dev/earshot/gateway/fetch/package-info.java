/** Tests of fetching: the policy as a table, the core on real parts. */
@NullMarked
package dev.earshot.gateway.fetch;

import org.jspecify.annotations.NullMarked;
