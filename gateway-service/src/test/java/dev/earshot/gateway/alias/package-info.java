/** Tests of aliases: their rules, and clients that were written for other APIs. */
@NullMarked
package dev.earshot.gateway.alias;

import org.jspecify.annotations.NullMarked;
