@NullMarked
package dev.earshot.gateway.data;

import org.jspecify.annotations.NullMarked;
