// The provider of a town, for the tests: node town.js PORT HUB SECRET. HUB is where the browser and the log-outs go.
// A log-in name ends with its groups: "anna+service+lead" has two.

import { Provider } from "oidc-provider";

const [port, hub, logout, secret] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const page = (body) => `<!doctype html><html lang="en"><title>Town</title><body>${body}</body></html>`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: "aufruf", client_secret: secret, token_endpoint_auth_method: "client_secret_post",
    redirect_uris: [`${hub}/staff/provider/alsdorf/answer`],
    post_logout_redirect_uris: [`${hub}/staff/sign-in`],
    backchannel_logout_uri: `${logout}/staff/backchannel-logout/alsdorf`, backchannel_logout_session_required: true,
  }, {
    client_id: "aufruf-citizens", client_secret: secret, token_endpoint_auth_method: "client_secret_post",
    redirect_uris: [`${hub}/account/answer/alsdorf`], post_logout_redirect_uris: [`${hub}/account`],
  }],
  acrValues: ["STORK-QAA-Level-3"],
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub"], profile: ["name", "preferred_username", "given_name", "family_name", "birthdate"],
    address: ["address"], email: ["email"], groups: ["groups"] },
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => {
        ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Leave</button>`);
      },
    },
  },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => {
      const [name, ...groups] = id.split("+");
      return {
        sub: id, preferred_username: `${name}@town.example`, name: `Die Person ${name}`, groups,
        given_name: name, family_name: "Muster", birthdate: "1990-02-28", email: `${name}@example.org`,
        address: { street_address: "Hubertusstraße 17", postal_code: "52477", locality: "Alsdorf" },
      };
    },
  }),
  // Its own way refuses addresses of this machine, where the tests' hubs are.
  fetch: (url, { dispatcher: _, ...options }) => fetch(url, options),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile groups address email");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) {
    return next();
  }

  if (ctx.method === "GET") {
    ctx.body = page(`<form method="post"><label>Login <input name="login" required></label><button>Enter</button></form>`);
    return undefined;
  }

  let body = "";
  for await (const part of ctx.req) {
    body += part;
  }

  const accountId = new URLSearchParams(body).get("login");
  const to = await provider.interactionResult(ctx.req, ctx.res, { login: { accountId, acr: "STORK-QAA-Level-3" } });
  ctx.redirect(to);
  return undefined;
});

provider.on("backchannel.error", (_, error) => console.error("back channel:", error.message, error.cause));
provider.on("server_error", (_, error) => console.error("server:", error));
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
