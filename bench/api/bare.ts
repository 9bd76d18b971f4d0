import Fastify from 'fastify'

/** The peer: the same bytes out of a bare Fastify route, without database, limits or headers. */
const bodies: Readonly<Record<string, string>> = JSON.parse(process.env.BODIES ?? '{}')
const app = Fastify()
for (const [path, body] of Object.entries(bodies)) {
  const reply: unknown = JSON.parse(body)
  app.get(path, async () => reply)
}
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
