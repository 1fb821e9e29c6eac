// An identity provider as offices have one, for the tests in Chromium: it signs in whoever gives a name, and says
// roles in its userinfo alone. Whoever is called "late" gets a token that has expired.
import Provider from "oidc-provider"

const { PORT, BACK, ENDED, SECRET } = process.env
const roles = { carla: ["im-leitung"] }
const HOUR = 3600

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
    clients: [
        {
            client_id: "dashboard",
            client_secret: SECRET,
            redirect_uris: [BACK],
            post_logout_redirect_uris: [ENDED],
            grant_types: ["authorization_code"],
            response_types: ["code"],
        },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username"], roles: ["roles"] },
    cookies: { keys: ["of this test alone"] },
    pkce: { required: () => true },
    ttl: {
        Session: HOUR,
        Grant: HOUR,
        Interaction: HOUR,
        AccessToken: HOUR,
        IdToken: (ctx) => (ctx.oidc.session?.accountId === "late" || ctx.oidc.account?.accountId === "late" ? -HOUR : HOUR),
    },
    findAccount: async (ctx, id) => ({
        accountId: id,
        claims: async () => ({ sub: id, preferred_username: id, roles: roles[id] ?? [] }),
    }),
})
provider.listen(Number(PORT), "127.0.0.1")
