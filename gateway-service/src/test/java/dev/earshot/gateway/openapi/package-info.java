/** The API's description against the gateway. */
@NullMarked
package dev.earshot.gateway.openapi;

import org.jspecify.annotations.NullMarked;
