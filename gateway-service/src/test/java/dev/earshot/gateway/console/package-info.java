@NullMarked
package dev.earshot.gateway.console;

import org.jspecify.annotations.NullMarked;
