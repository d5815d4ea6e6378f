/** Tests of the gateway; what several of them share. */
@NullMarked
package dev.earshot.gateway;

import org.jspecify.annotations.NullMarked;
