import type { IncomingMessage } from 'node:http'
import { fail } from '@kaibo/contract/core/fail'
import type { FastifyInstance } from 'fastify'
import { html, page } from '../pages/html.ts'

export type OutboxPageNeeds = {
  recent(limit: number): Promise<{ phone: string; text: string; at: string }[]>
  /** Whether the call comes from this very machine. */
  isLocal(request: IncomingMessage): boolean
}

const shownMax = 20

/**
 * `/dev/outbox`: the text messages that nobody sends in a demo. Whoever reads it can sign in as
 * anybody, so it answers on this machine only.
 */
export function registerOutboxPage(
  app: FastifyInstance,
  { recent, isLocal }: OutboxPageNeeds,
): void {
  const onlyHere = async ({ raw }: { raw: IncomingMessage }) => {
    if (!isLocal(raw)) throw fail('request.not_found')
  }
  app.get('/dev/outbox.json', { onRequest: onlyHere }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { items: await recent(shownMax) }
  })
  app.get('/dev/outbox', { onRequest: onlyHere }, async (_request, reply) => {
    const messages = await recent(shownMax)
    const rows = messages.map(
      ({ phone, text, at }) =>
        html`<article><h3>${phone} <small>${at.replace('T', ' ').slice(0, 19)} UTC</small></h3><p class="code">${/\d{6}/.exec(text)?.[0] ?? ''}</p><p>${text}</p></article>`,
    )
    const body = html`<header><h1>Dev outbox <small>发件箱</small></h1><p>Text messages of this demo, newest first. Nothing is sent to a phone. Reload after asking for a code.</p></header>${rows.length > 0 ? rows : html`<p class="empty">No message yet.</p>`}`
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page('Dev outbox', body))
  })
}
