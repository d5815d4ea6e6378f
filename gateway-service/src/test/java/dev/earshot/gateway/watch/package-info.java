@NullMarked
package dev.earshot.gateway.watch;

import org.jspecify.annotations.NullMarked;
