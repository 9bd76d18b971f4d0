import { isId } from '@kaibo/kernel/ids'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { callVendor } from '../live-vendor/index.ts'

/** One stream as SRS lists it; what we do not use is left out. */
const SrsStream = Type.Object({
  name: Type.String(),
  app: Type.String(),
  kbps: Type.Optional(Type.Object({ recv_30s: Type.Number() })),
  publish: Type.Object({ active: Type.Boolean(), cid: Type.Optional(Type.String()) }),
  video: Type.Optional(
    Type.Union([Type.Null(), Type.Object({ codec: Type.Optional(Type.String()) })]),
  ),
  audio: Type.Optional(
    Type.Union([Type.Null(), Type.Object({ codec: Type.Optional(Type.String()) })]),
  ),
})
export type SrsStream = Static<typeof SrsStream>

const Streams = Type.Object({ code: Type.Literal(0), streams: Type.Array(SrsStream) })
const Done = Type.Object({ code: Type.Literal(0) })

const pageRows = 500
const pagesMax = 20

export type SrsApi = {
  /** Streams of our application that have a publisher. Rejects when SRS cannot be asked. */
  streams(): Promise<SrsStream[]>
  /** Cuts one connection. Rejects when SRS cannot be asked or does not know it. */
  cut(clientId: string): Promise<void>
}

/** SRS's HTTP interface, `/api/v1`; `auth` is `user:password` when it asks for one. */
export function createSrsApi(at: { apiUrl: string; auth: string; app: string }): SrsApi {
  const headers = at.auth
    ? { authorization: `Basic ${Buffer.from(at.auth).toString('base64')}` }
    : {}
  const pageFrom = async (start: number) => {
    const url = new URL(`/api/v1/streams/?start=${start}&count=${pageRows}`, at.apiUrl)
    const answer = await callVendor(url, { headers })
    if (!Value.Check(Streams, answer)) throw new Error('SRS lists its streams in an unknown form')
    return answer.streams
  }
  return {
    async streams() {
      const found: SrsStream[] = []
      for (let page = 0; page < pagesMax; page++) {
        const rows = await pageFrom(page * pageRows)
        found.push(...rows)
        if (rows.length < pageRows) break
      }
      return found.filter(
        ({ app, name, publish }) => app === at.app && isId(name) && publish.active,
      )
    },
    async cut(clientId) {
      const url = new URL(`/api/v1/clients/${encodeURIComponent(clientId)}`, at.apiUrl)
      const answer = await callVendor(url, { method: 'DELETE', headers })
      if (!Value.Check(Done, answer)) throw new Error('SRS did not cut the client')
    },
  }
}
