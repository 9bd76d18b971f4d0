import type { Edge } from '@kaibo/contract/core/edge'

/** The part of `fetch` that both sides of the channel use. */
export type Fetch = (url: string, request: Request) => Promise<Response>
type Request = {
  readonly method: 'POST'
  readonly headers: Record<string, string>
  readonly body: string
  readonly signal: AbortSignal
}

/** Hands requests to edges without a network: for commands that run while no server does. */
export const fetchInProcess =
  (edges: readonly Edge[]): Fetch =>
  async (url, { method, headers, body }) => {
    const path = new URL(url).pathname
    const edge = edges.find(each => each.method === method && each.path === path)
    if (!edge) throw new Error(`nobody answers at ${path}`)
    const rawBody = Buffer.from(body)
    const answer = await edge.handle({ params: {}, query: {}, headers, rawBody })
    return new Response(answer.body, {
      status: answer.status,
      headers: { ...answer.headers, 'content-type': answer.contentType },
    })
  }
