import { timingSafeEqual } from 'node:crypto'
import type { Edge } from '@kaibo/contract/core/edge'
import { fail } from '@kaibo/contract/core/fail'
import type { Live } from '@kaibo/modules/live'
import type { Pay } from '@kaibo/modules/pay'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Largest callback, in bytes. */
const callbackBytesMax = 64 * 1024

export type EdgeNeeds = {
  pay: Pick<Pay, 'notify'>
  live: Pick<Live, 'takeCallback'>
  /** Part of the address of live callbacks, because some vendors sign nothing. */
  liveCallbackSecret: string
  /** Pages and interfaces of embedded providers. */
  edges: readonly Edge[]
}

/**
 * Routes outside the contract, where others decide the form: callbacks of vendors and the pages of
 * embedded providers. Raw bytes are kept, because signatures cover bytes.
 */
export async function registerEdges(
  app: FastifyInstance,
  { pay, live, liveCallbackSecret, edges }: EdgeNeeds,
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
    scope.route<{ Params: { provider: string; secret: string } }>({
      // Aliyun tells of publishers by GET, the others by POST.
      method: ['GET', 'POST'],
      url: '/callbacks/live/:provider/:secret',
      handler: async (request, reply) => {
        const { provider, secret } = request.params
        if (!isSecret(secret, liveCallbackSecret)) throw fail('request.not_found')
        const answer = await live.takeCallback(provider, {
          headers: headersOf(request),
          query: textsOf(request.query),
          rawBody: bytesOf(request),
        })
        return reply.code(answer.status).type(answer.contentType).send(answer.body)
      },
    })
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

const isSecret = (given: string, right: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Query parameters that came once. */
const textsOf = (query: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )

const bytesOf = (request: FastifyRequest): Uint8Array =>
  request.body instanceof Uint8Array ? request.body : new Uint8Array()
