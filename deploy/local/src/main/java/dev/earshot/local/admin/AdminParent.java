package dev.earshot.local.admin;

import dev.earshot.local.home.StackFailure;

/** What a verb stands under. */
interface AdminParent {
    /**
     * The gateway, with an operator's token.
     *
     * @throws StackFailure if it is not given and no local stack is running
     */
    AdminClient client() throws StackFailure, InterruptedException;
}
