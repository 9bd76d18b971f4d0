import { createHash } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { CallbackRequest } from '@kaibo/modules/live'
import { serveVendor, type VendorRequest } from '@kaibo/testkit/vendor-simulator'
import { jsonType, signTc3 } from '../sign.ts'

export type TencentAccount = {
  readonly clock: Clock
  readonly secretId: string
  readonly secretKey: string
  readonly pushDomain: string
  readonly pushKey: string
  readonly playDomain: string
  readonly playKey: string
  readonly callbackKey: string
}

type Push = { sequence: string; param: string }

const digest = (text: string) => createHash('md5').update(text).digest('hex')
/** Calls whose time is further off are refused. */
const skewSecMax = 300
/** A callback's signature is good for ten minutes. */
const callbackSec = 600

/**
 * Tencent's live cloud as far as we use it: calls signed with TC3, addresses signed with MD5,
 * forbidden streams, and callbacks as it would send them.
 */
export async function startTencent(account: TencentAccount) {
  const pushes = new Map<string, Push>()
  const forbidden = new Map<string, number>()
  let pushCount = 0
  const nowSec = () => Math.floor(account.clock.now().getTime() / 1_000)

  const isSigned = ({ headers, body, url }: VendorRequest, action: string) => {
    const atSec = Number(headers['x-tc-timestamp'])
    const call = { host: url.host, service: 'live', action, payload: body, atSec }
    return (
      headers['content-type'] === jsonType &&
      headers['x-tc-version'] === '2018-08-01' &&
      Math.abs(atSec - nowSec()) <= skewSecMax &&
      headers.authorization === signTc3(account, call)
    )
  }
  const actions: Record<string, (fields: Record<string, unknown>) => object> = {
    DescribeLiveStreamPushInfoList: ({ PushDomain }) => ({
      DataInfoList: PushDomain === account.pushDomain ? [...pushes.keys()].map(infoOf) : [],
      ...{ TotalNum: pushes.size, TotalPage: 1, PageNum: 1, PageSize: 1_000 },
    }),
    DropLiveStream: ({ StreamName }) => {
      pushes.delete(String(StreamName))
      return {}
    },
    ResumeLiveStream: ({ StreamName }) => {
      forbidden.delete(String(StreamName))
      return {}
    },
    ForbidLiveStream: ({ StreamName, ResumeTime }) => {
      forbidden.set(String(StreamName), Date.parse(String(ResumeTime)) / 1_000)
      pushes.delete(String(StreamName))
      return {}
    },
  }
  const server = await serveVendor(request => {
    const action = String(request.headers['x-tc-action'])
    const run = actions[action]
    const reply = (fields: object) => ({ body: { Response: { ...fields, RequestId: 'r' } } })
    // Refusals have status 200, as the real ones.
    if (!isSigned(request, action))
      return reply({ Error: { Code: 'AuthFailure.SignatureFailure', Message: 'no' } })
    return run
      ? reply(run(JSON.parse(request.body)))
      : reply({ Error: { Code: 'InvalidAction', Message: action } })
  })

  const isGood = (key: string, stream: string, query: URLSearchParams) => {
    const txTime = query.get('txTime') ?? ''
    const isRight = query.get('txSecret') === digest(key + stream + txTime)
    return isRight && Number.parseInt(txTime, 16) >= nowSec()
  }
  const callbackOf = (eventType: 0 | 1, stream: string, { sequence, param }: Push) => {
    const t = nowSec() + callbackSec
    return callbackRequest({
      ...{ app: account.pushDomain, appid: 12_345_678, appname: 'live', channel_id: stream },
      ...{ errcode: 0, errmsg: 'ok', event_time: nowSec(), event_type: eventType, set_id: 2 },
      ...{ node: '192.0.2.8', sequence, stream_id: stream, stream_param: param },
      ...{ user_ip: '192.0.2.7', width: 0, height: 0, sign: digest(account.callbackKey + t), t },
    })
  }

  return {
    origin: server.origin,
    close: server.close,
    /** Somebody pushes; answers with the callbacks, or null when the cloud refuses. */
    push(stream: string, param: string): CallbackRequest[] | null {
      const query = new URLSearchParams(param)
      if (!isGood(account.pushKey, stream, query)) return null
      if ((forbidden.get(stream) ?? 0) > nowSec()) return null
      pushCount += 1
      const push = { sequence: `22104645082067${pushCount}`, param }
      pushes.set(stream, push)
      return [callbackOf(1, stream, push)]
    },
    leave(stream: string): CallbackRequest[] {
      const push = pushes.get(stream)
      pushes.delete(stream)
      return push ? [callbackOf(0, stream, push)] : []
    },
    mayPlay(url: string): boolean {
      const { host, pathname, searchParams } = new URL(url)
      const [, stream] = /^\/live\/([\w-]+)\.(flv|m3u8)$/.exec(pathname) ?? []
      return (
        host === account.playDomain &&
        stream !== undefined &&
        isGood(account.playKey, stream, searchParams)
      )
    },
  }
}

const infoOf = (StreamName: string) => ({
  ...{ StreamName, AppName: 'live', ClientIp: '192.0.2.7', ServerIp: '192.0.2.8' },
  ...{ VideoFps: 30, VideoSpeed: 2_000_000, AudioFps: 43, AudioSpeed: 128_000 },
  ...{ PushDomain: 'push.example.com', BeginPushTime: '2026-11-25 10:00:00' },
  ...{ Acodec: 'AAC', Vcodec: 'H264', Resolution: '1280x720' },
})

export const callbackRequest = (body: object): CallbackRequest => ({
  headers: { 'content-type': 'application/json' },
  query: {},
  rawBody: Buffer.from(JSON.stringify(body)),
})
