import { randomBytes } from 'node:crypto'
import type { CallbackRequest } from '@kaibo/modules/live'
import { serveVendor, type VendorReply } from '@kaibo/testkit/vendor-simulator'

export type SrsHook = Record<string, string | number>
/** The application behind the hooks: status and body of its answer. */
export type HookTaker = (hook: SrsHook) => Promise<{ status: number; body: string }>

type Publisher = { cid: string; param: string }

/**
 * SRS 5 as far as we use it: streams and clients of `/api/v1` behind basic authentication, hooks that
 * are awaited, and the answer to them as SRS reads it: status 200 and `0`, or JSON with `code` 0.
 */
export async function startSrs(options: { auth: string; app: string; hooked: HookTaker }) {
  const publishers = new Map<string, Publisher>()
  const [serverId, serviceId] = [idOf('vid'), idOf('')]
  const expected = `Basic ${Buffer.from(options.auth).toString('base64')}`

  const hook = async (action: string, stream: string, { cid, param }: Publisher) => {
    const answer = await options.hooked({
      ...{ server_id: serverId, service_id: serviceId, action, client_id: cid, stream, param },
      ...{ ip: '192.0.2.7', vhost: '__defaultVhost__', app: options.app },
      tcUrl: `rtmp://srs.example/${options.app}`,
    })
    return answer.status === 200 && isZero(answer.body)
  }

  const server = await serveVendor(({ method, url, headers }): VendorReply => {
    if (headers.authorization !== expected) return { status: 401, body: { code: 401 } }
    const [, clientId] = /^\/api\/v1\/clients\/([^/]+)$/.exec(url.pathname) ?? []
    if (clientId !== undefined && method === 'DELETE') {
      const found = [...publishers].find(([, { cid }]) => cid === clientId)
      if (!found) return { body: { code: 2_049 } }
      publishers.delete(found[0])
      return { body: { code: 0 } }
    }
    if (url.pathname !== '/api/v1/streams/') return { status: 404, body: { code: 404 } }
    const start = Number(url.searchParams.get('start') ?? 0)
    const count = Number(url.searchParams.get('count') ?? 10)
    const streams = [...publishers].map(([name, { cid }]) => streamOf(options.app, name, cid))
    return { body: { code: 0, server: serverId, streams: streams.slice(start, start + count) } }
  })

  return {
    origin: server.origin,
    close: server.close,
    /** An encoder or a browser publishes; false when it is refused. */
    async publish(stream: string, param: string): Promise<boolean> {
      const publisher = { cid: idOf(''), param }
      const isIn = await hook('on_publish', stream, publisher)
      if (isIn) publishers.set(stream, publisher)
      return isIn
    },
    async leave(stream: string): Promise<void> {
      const publisher = publishers.get(stream)
      publishers.delete(stream)
      if (publisher) await hook('on_unpublish', stream, publisher)
    },
    mayPlay: (stream: string, param: string) => hook('on_play', stream, { cid: idOf(''), param }),
  }
}

const idOf = (prefix: string) => `${prefix}${prefix && '-'}${randomBytes(4).toString('hex')}`

const isZero = (body: string) => {
  const answer: unknown = JSON.parse(body)
  return (
    answer === 0 ||
    (typeof answer === 'object' && answer !== null && 'code' in answer && answer.code === 0)
  )
}

const streamOf = (app: string, name: string, cid: string) => ({
  ...{
    id: `vid-${name}`,
    name,
    vhost: 'vid-1',
    app,
    url: `/${app}/${name}`,
    live_ms: 1,
    clients: 1,
  },
  ...{ frames: 300, send_bytes: 0, recv_bytes: 1, kbps: { recv_30s: 2_100, send_30s: 0 } },
  publish: { active: true, cid },
  video: { codec: 'H264', profile: 'High', level: '3.1', width: 1280, height: 720 },
  audio: { codec: 'AAC', sample_rate: 44_100, channel: 2, profile: 'LC' },
})

export const hookRequest = (hook: SrsHook): CallbackRequest => ({
  headers: { 'content-type': 'application/json' },
  query: {},
  rawBody: Buffer.from(JSON.stringify(hook)),
})
