package dev.earshot.e2e;

import dev.earshot.e2e.support.Browser;
import org.junit.jupiter.api.Tag;

/** The player in Firefox. */
@Tag("long")
class PlayerInFirefoxTest extends PlayerSuite {
    PlayerInFirefoxTest() {
        super(Browser.FIREFOX);
    }
}
