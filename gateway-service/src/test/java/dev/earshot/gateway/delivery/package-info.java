/** Tests of delivery from elsewhere, with the stack's real store and a small CDN. */
@NullMarked
package dev.earshot.gateway.delivery;

import org.jspecify.annotations.NullMarked;
