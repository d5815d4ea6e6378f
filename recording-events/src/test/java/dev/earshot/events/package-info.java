/** Tests that hold records, schemas, samples and the AsyncAPI document against each other. */
@NullMarked
package dev.earshot.events;

import org.jspecify.annotations.NullMarked;
