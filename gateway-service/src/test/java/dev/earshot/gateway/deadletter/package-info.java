@NullMarked
package dev.earshot.gateway.deadletter;

import org.jspecify.annotations.NullMarked;
