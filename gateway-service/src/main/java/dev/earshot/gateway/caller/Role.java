package dev.earshot.gateway.caller;

/** What a token may allow. */
public enum Role {
    /** Listen, within the token's tenant. */
    PLAY("recordings:play"),
    /** Register, within the token's tenant. */
    WRITE("recordings:write"),
    /** Everything else within the token's tenant. */
    ADMIN("recordings:admin"),
    /** Across tenants: shared accounts, dead letters. */
    OPERATOR("earshot:operator");

    private final String claim;

    Role(String claim) {
        this.claim = claim;
    }

    /** The role's name in the token. */
    public String claim() {
        return claim;
    }
}
