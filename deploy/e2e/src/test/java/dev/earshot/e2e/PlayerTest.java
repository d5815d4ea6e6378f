package dev.earshot.e2e;

import dev.earshot.e2e.support.Browser;

/** The player in Chromium. */
class PlayerTest extends PlayerSuite {
    PlayerTest() {
        super(Browser.CHROMIUM);
    }
}
