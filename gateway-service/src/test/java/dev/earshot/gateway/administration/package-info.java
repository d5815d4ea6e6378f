@NullMarked
package dev.earshot.gateway.administration;

import org.jspecify.annotations.NullMarked;
