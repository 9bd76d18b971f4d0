import { allEndpoints, allErrors } from '@kaibo/contract/api'
import type { EndpointDef } from '@kaibo/contract/core/endpoint'
import { openApi } from '@kaibo/contract/core/openapi'
import type { FastifyInstance } from 'fastify'
import { type Html, html, page } from './html.ts'

/** `/openapi.json` for machines and `/docs` for people; both come from the contract. */
export function registerDocs(app: FastifyInstance, version: string): void {
  const document = JSON.stringify(openApi({ version }))
  const docs = page('API', docsBody(version))
  app.get('/openapi.json', async (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  )
  app.get('/docs', async (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(docs),
  )
  app.get('/docs/style.css', async (_request, reply) =>
    reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('cache-control', 'max-age=3600')
      .send(style),
  )
}

function docsBody(version: string): Html {
  const nouns = Map.groupBy(allEndpoints(), ({ name }) => name.split('.')[0] ?? '')
  return html`<header><h1>Kaibo API <small>${version}</small></h1>
<p>JSON over HTTP below <code>/api</code>. Money is whole fen, instants are ISO 8601 in UTC, lists page by an opaque
cursor. Failures are <code>application/problem+json</code> with a stable <code>code</code>; the sentence follows
<code>Accept-Language</code>. The machine-readable form is <a href="/openapi.json">openapi.json</a>.</p>
<nav>${[...nouns.keys()].map(noun => html`<a href="#${noun}">${noun}</a> `)}<a href="#errors">errors</a></nav></header>
${[...nouns].map(([noun, routes]) => html`<section id="${noun}"><h2>${noun}</h2>${routes.map(routeEntry)}</section>`)}
<section id="errors"><h2>errors</h2><table><tr><th>code</th><th>status</th><th>sentence</th></tr>
${Object.entries(allErrors).map(([code, { status, en, zh }]) => html`<tr id="e-${code}"><td><code>${code}</code></td><td>${status}</td><td>${en}<br><span lang="zh">${zh}</span></td></tr>`)}
</table></section>`
}

function routeEntry({ name, def }: { name: string; def: EndpointDef }): Html {
  const parts = (['params', 'query', 'body', 'reply'] as const).flatMap(part => {
    const schema = def[part]
    if (!schema) return []
    const text = schema === 'bytes' ? 'raw bytes' : JSON.stringify(schema, null, 2)
    return [html`<details><summary>${part}</summary><pre>${text}</pre></details>`]
  })
  return html`<article id="${name}"><h3><b class="${def.method}">${def.method}</b> <code>/api${def.path}</code></h3>
<p>${def.summary}.</p>
<p class="facts"><span>${def.can}</span><span>scope ${def.scope}</span><span>rate ${def.rate}</span><span>idempotency ${def.idempotency}</span><span>audit ${def.audit}</span></p>
${parts}${def.errors.length > 0 ? html`<p class="errors">${def.errors.map(code => html`<a href="#e-${code}"><code>${code}</code></a> `)}</p>` : null}</article>`
}

const style = `:root{color-scheme:light dark;--ink:light-dark(#23201d,#eee8e2);--soft:light-dark(#6d655d,#a79f97);--line:light-dark(#e7e0d8,#3b3631);--paper:light-dark(#fffdfa,#1c1a18);--accent:light-dark(#c8371f,#ff7a5c)}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 6rem}h1 small{color:var(--soft);font-weight:400;font-size:1rem}
a{color:var(--accent)}nav a{margin-right:.75rem}h2{margin-top:3rem;border-bottom:1px solid var(--line);padding-bottom:.25rem;text-transform:capitalize}
article{padding:1rem 0;border-bottom:1px solid var(--line)}h3{margin:0;font-size:1rem;font-weight:500}h3 b{display:inline-block;min-width:4.2rem;color:var(--accent)}h3 b.GET{color:var(--soft)}
p{margin:.4rem 0}.facts span{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .6rem;margin:0 .35rem .35rem 0;font-size:.8rem;color:var(--soft)}
pre{overflow:auto;background:light-dark(#f6f1ea,#262320);padding:.75rem;border-radius:.5rem;font-size:.8rem;max-height:24rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;border-bottom:1px solid var(--line);padding:.4rem;vertical-align:top}
.empty{color:var(--soft)}.code{font:600 1.6rem/1.2 ui-monospace,monospace;letter-spacing:.12em}`
