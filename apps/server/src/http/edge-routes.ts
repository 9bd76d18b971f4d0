import type { Edge } from '@kaibo/contract/core/edge'
import type { Pay } from '@kaibo/modules/pay'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Largest callback, in bytes. */
const callbackBytesMax = 64 * 1024

export type EdgeNeeds = {
  pay: Pick<Pay, 'notify'>
  /** Pages and interfaces of embedded providers. */
  edges: readonly Edge[]
}

/**
 * Routes outside the contract, where others decide the form: callbacks of vendors and the pages of
 * embedded providers. Raw bytes are kept, because signatures cover bytes.
 */
export async function registerEdges(
  app: FastifyInstance,
  { pay, edges }: EdgeNeeds,
): Promise<void> {
  await app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: callbackBytesMax },
      (_request, body, done) => done(null, body),
    )
    scope.post<{ Params: { channel: string } }>(
      '/callbacks/payment/:channel',
      async (request, reply) => {
        const { channel } = request.params
        const answer = await pay.notify(channel, {
          headers: headersOf(request),
          rawBody: bytesOf(request),
        })
        return reply.code(answer.status).type(answer.contentType).send(answer.body)
      },
    )
    for (const edge of edges) {
      scope.route({
        method: edge.method,
        url: edge.path,
        handler: async (request, reply) => {
          const answer = await edge.handle({
            params: request.params as Record<string, string>,
            query: request.query as Record<string, string>,
            headers: headersOf(request),
            rawBody: bytesOf(request),
          })
          return reply
            .code(answer.status)
            .headers(answer.headers ?? {})
            .type(answer.contentType)
            .send(answer.body)
        },
      })
    }
  })
}

const headersOf = (request: FastifyRequest) =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]),
  )

const bytesOf = (request: FastifyRequest): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array()
