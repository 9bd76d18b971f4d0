import type { Clock } from '@kaibo/kernel/clock'
import { type Id, isId } from '@kaibo/kernel/ids'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { callVendor } from '../live-vendor/index.ts'
import { jsonType, signTc3 } from './sign.ts'

export type TencentApiNeeds = {
  readonly clock: Clock
  readonly apiUrl: string
  readonly secretId: string
  readonly secretKey: string
  readonly pushDomain: string
  readonly app: string
}

const Pushed = Type.Object({
  StreamName: Type.String(),
  VideoFps: Type.Optional(Type.Number()),
  VideoSpeed: Type.Optional(Type.Number()),
  AudioSpeed: Type.Optional(Type.Number()),
  Vcodec: Type.Optional(Type.String()),
  Acodec: Type.Optional(Type.String()),
})
/** One stream as the cloud lists it; speeds are in bit/s. */
export type Pushed = Static<typeof Pushed>

const Failure = Type.Object({
  Response: Type.Object({ Error: Type.Object({ Code: Type.String(), Message: Type.String() }) }),
})
const Pushes = Type.Object({
  Response: Type.Object({ DataInfoList: Type.Array(Pushed), TotalPage: Type.Integer() }),
})

const version = '2018-08-01'
const pageRows = 1_000
const pagesMax = 20

export type TencentApi = {
  /** Our streams that are being pushed. Rejects when the cloud cannot be asked. */
  pushed(): Promise<Pushed[]>
  /** Cuts the publisher, who may come again; a stream without one is cut as well. */
  drop(id: Id): Promise<void>
  /** Cuts the publisher, and lets nobody push this stream until `until`. */
  forbid(id: Id, stop: { until: Date; reason: string }): Promise<void>
  /** Takes back that nobody may push. */
  resume(id: Id): Promise<void>
}

/** The interface of Cloud Streaming Services, version 2018-08-01. */
export function createTencentApi(needs: TencentApiNeeds): TencentApi {
  const { app: AppName, pushDomain } = needs
  const call = async (action: string, fields: object): Promise<unknown> => {
    const url = new URL(needs.apiUrl)
    const payload = JSON.stringify(fields)
    const atSec = Math.floor(needs.clock.now().getTime() / 1_000)
    const answer = await callVendor(url, {
      method: 'POST',
      headers: {
        authorization: signTc3(needs, { host: url.host, service: 'live', action, payload, atSec }),
        'content-type': jsonType,
        'x-tc-action': action,
        'x-tc-timestamp': String(atSec),
        'x-tc-version': version,
      },
      body: payload,
    })
    if (Value.Check(Failure, answer)) throw new Error(`${action}: ${answer.Response.Error.Code}`)
    return answer
  }
  return {
    async pushed() {
      const found: Pushed[] = []
      for (let PageNum = 1; PageNum <= pagesMax; PageNum++) {
        const fields = { PushDomain: pushDomain, AppName, PageNum, PageSize: pageRows }
        const answer = await call('DescribeLiveStreamPushInfoList', fields)
        if (!Value.Check(Pushes, answer)) throw new Error('the cloud lists streams in another form')
        found.push(...answer.Response.DataInfoList)
        if (PageNum >= answer.Response.TotalPage) break
      }
      return found.filter(({ StreamName }) => isId(StreamName))
    },
    async drop(StreamName) {
      await call('DropLiveStream', { DomainName: pushDomain, AppName, StreamName })
    },
    async forbid(StreamName, { until, reason }) {
      const ResumeTime = `${until.toISOString().slice(0, 19)}Z`
      const fields = { DomainName: pushDomain, AppName, StreamName, ResumeTime, Reason: reason }
      await call('ForbidLiveStream', fields)
    },
    async resume(StreamName) {
      await call('ResumeLiveStream', { DomainName: pushDomain, AppName, StreamName })
    },
  }
}
