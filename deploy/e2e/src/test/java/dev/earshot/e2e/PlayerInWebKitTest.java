package dev.earshot.e2e;

import dev.earshot.e2e.support.Browser;
import org.junit.jupiter.api.Tag;

/** The player in WebKitGTK, the closest to Safari that Linux has. */
@Tag("long")
class PlayerInWebKitTest extends PlayerSuite {
    PlayerInWebKitTest() {
        super(Browser.WEBKIT);
    }
}
