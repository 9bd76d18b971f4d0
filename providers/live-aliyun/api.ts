import { randomBytes } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { callVendor } from '../live-vendor/index.ts'
import { signAcs3 } from './sign.ts'

export type AliyunApiNeeds = {
  readonly clock: Clock
  readonly apiUrl: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly pushDomain: string
  readonly playDomain: string
  readonly app: string
}

const Online = Type.Object({
  StreamName: Type.String(),
  FrameRate: Type.Optional(Type.Number()),
  VideoDataRate: Type.Optional(Type.Number()),
  AudioDataRate: Type.Optional(Type.Number()),
})
/** One stream as the cloud lists it; rates are in kbit/s. */
export type Online = Static<typeof Online>

const OnlineList = Type.Object({
  TotalPage: Type.Integer(),
  OnlineInfo: Type.Object({ LiveStreamOnlineInfo: Type.Array(Online) }),
})

const version = '2016-11-01'
const pageRows = 3_000
const pagesMax = 10

export type AliyunApi = {
  /** Our streams that are being pushed. Rejects when the cloud cannot be asked. */
  online(): Promise<Online[]>
  /** Cuts the publisher, who may come again. */
  interrupt(id: Id): Promise<void>
  /** Cuts the publisher, and lets nobody push this stream until `until`. */
  forbid(id: Id, until: Date): Promise<void>
  /** Takes back that nobody may push. */
  resume(id: Id): Promise<void>
}

const isoSec = (at: Date) => `${at.toISOString().slice(0, 19)}Z`

/** The interface of ApsaraVideo Live, version 2016-11-01. */
export function createAliyunApi(needs: AliyunApiNeeds): AliyunApi {
  const { app: AppName, pushDomain, playDomain } = needs
  const call = (action: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    const url = new URL(needs.apiUrl)
    const date = isoSec(needs.clock.now())
    const nonce = randomBytes(16).toString('hex')
    const signed = signAcs3(needs, { host: url.host, action, version, query, date, nonce })
    url.search = signed.query
    return callVendor(url, { method: 'POST', headers: signed.headers })
  }
  const streamOf = (StreamName: Id) => ({
    DomainName: pushDomain,
    AppName,
    StreamName,
    LiveStreamType: 'publisher',
  })
  const stop = async (id: Id, how: Readonly<Record<string, string>>) => {
    await call('ForbidLiveStream', { ...streamOf(id), ...how })
  }
  return {
    async online() {
      const found: Online[] = []
      for (let page = 1; page <= pagesMax; page++) {
        const paging = { PageNum: String(page), PageSize: String(pageRows), StreamType: 'raw' }
        const wanted = { DomainName: playDomain, AppName, ...paging }
        const answer = await call('DescribeLiveStreamsOnlineList', wanted)
        if (!Value.Check(OnlineList, answer))
          throw new Error('the cloud lists streams in another form')
        found.push(...answer.OnlineInfo.LiveStreamOnlineInfo)
        if (page >= answer.TotalPage) break
      }
      return found.filter(({ StreamName }) => isId(StreamName))
    },
    interrupt: id => stop(id, { Oneshot: 'yes' }),
    forbid: (id, until) => stop(id, { ResumeTime: isoSec(until) }),
    async resume(id) {
      await call('ResumeLiveStream', streamOf(id))
    },
  }
}
