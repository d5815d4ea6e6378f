/** Tests of a recording's life: the transitions as a table, the whole core on real parts. */
@NullMarked
package dev.earshot.gateway.recording;

import org.jspecify.annotations.NullMarked;
