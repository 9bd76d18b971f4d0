import { createHash } from 'node:crypto'
import type { Clock } from '@kaibo/kernel/clock'
import type { CallbackRequest } from '@kaibo/modules/live'
import { serveVendor, type VendorRequest } from '@kaibo/testkit/vendor-simulator'
import { signAcs3 } from '../sign.ts'

export type AliyunAccount = {
  readonly clock: Clock
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly pushDomain: string
  readonly pushKey: string
  readonly playDomain: string
  readonly playKey: string
  readonly callbackKey: string
  readonly callbackHost: string
}

type Push = { usrargs: string }

const digest = (text: string) => createHash('md5').update(text).digest('hex')
/** Calls whose time is further off are refused. */
const skewSecMax = 900
/** What a new domain is set to: added to the time in an address. */
const validitySec = 1_800

/**
 * Aliyun's live cloud as far as we use it: calls signed with ACS3 and used once, addresses signed by
 * type A, forbidden streams, and callbacks as it would send them.
 */
export async function startAliyun(account: AliyunAccount) {
  const pushes = new Map<string, Push>()
  const forbidden = new Map<string, number>()
  const nonces = new Set<string>()
  let eventCount = 0
  const nowSec = () => Math.floor(account.clock.now().getTime() / 1_000)

  const isSigned = ({ headers, url }: VendorRequest) => {
    const [action, version, date, nonce] = ['action', 'version', 'date', 'signature-nonce'].map(
      name => String(headers[`x-acs-${name}`]),
    )
    if (!action || !version || !date || !nonce || nonces.has(nonce)) return false
    nonces.add(nonce)
    const query = Object.fromEntries(url.searchParams)
    const signed = signAcs3(account, { host: url.host, action, version, query, date, nonce })
    return (
      version === '2016-11-01' &&
      Math.abs(Date.parse(date) / 1_000 - nowSec()) <= skewSecMax &&
      headers.authorization === signed.headers.authorization
    )
  }
  const isOurPublisher = (query: URLSearchParams) =>
    query.get('DomainName') === account.pushDomain && query.get('LiveStreamType') === 'publisher'
  const invalid = { status: 400, body: { Code: 'InvalidParameter', RequestId: 'r' } }
  const resume = (query: URLSearchParams) => {
    if (!isOurPublisher(query)) return invalid
    forbidden.delete(query.get('StreamName') ?? '')
    return { body: { RequestId: 'r' } }
  }
  const forbid = (query: URLSearchParams) => {
    const stream = query.get('StreamName') ?? ''
    if (!isOurPublisher(query)) return invalid
    pushes.delete(stream)
    const resume = query.get('ResumeTime')
    if (query.get('Oneshot') !== 'yes')
      forbidden.set(stream, resume ? Date.parse(resume) / 1_000 : Number.POSITIVE_INFINITY)
    return { body: { RequestId: 'r' } }
  }
  const list = (query: URLSearchParams) => {
    const isOurs = query.get('DomainName') === account.playDomain
    const LiveStreamOnlineInfo = isOurs ? [...pushes.keys()].map(infoOf) : []
    const paging = { TotalPage: 1, PageNum: 1, PageSize: 3_000, TotalNum: pushes.size }
    return { body: { ...paging, OnlineInfo: { LiveStreamOnlineInfo }, RequestId: 'r' } }
  }
  const server = await serveVendor(request => {
    if (!isSigned(request)) return { status: 400, body: { Code: 'SignatureDoesNotMatch' } }
    const action = request.headers['x-acs-action']
    if (action === 'ForbidLiveStream') return forbid(request.url.searchParams)
    if (action === 'ResumeLiveStream') return resume(request.url.searchParams)
    if (action === 'DescribeLiveStreamsOnlineList') return list(request.url.searchParams)
    return { status: 404, body: { Code: 'InvalidAction.NotFound' } }
  })

  const isGood = (key: string, uri: string, authKey: string) => {
    const [at = '', rand = '', uid = '', mac] = authKey.split('-')
    const isRight = mac === digest([uri, at, rand, uid, key].join('-'))
    return isRight && Number(at) + validitySec >= nowSec()
  }
  const callbackOf = (action: string, stream: string, { usrargs }: Push): CallbackRequest => {
    const at = String(nowSec())
    eventCount += 1
    return {
      headers: {
        'ali-live-timestamp': at,
        'ali-live-signature': digest(`${account.callbackHost}|${at}|${account.callbackKey}`),
      },
      query: {
        ...{ action, app: account.pushDomain, appname: 'live', id: stream, ip: '192.0.2.7' },
        ...{ node: `node-${eventCount}`, time: at, usrargs },
      },
      rawBody: new Uint8Array(),
    }
  }

  return {
    origin: server.origin,
    close: server.close,
    /** Somebody pushes; answers with the callbacks, or null when the cloud refuses. */
    push(stream: string, param: string): CallbackRequest[] | null {
      const authKey = new URLSearchParams(param).get('auth_key') ?? ''
      if (!isGood(account.pushKey, `/live/${stream}`, authKey)) return null
      if ((forbidden.get(stream) ?? 0) > nowSec()) return null
      const push = { usrargs: `vhost=${account.pushDomain}&${param}` }
      pushes.set(stream, push)
      return [callbackOf('publish', stream, push)]
    },
    leave(stream: string): CallbackRequest[] {
      const push = pushes.get(stream)
      pushes.delete(stream)
      return push ? [callbackOf('publish_done', stream, push)] : []
    },
    mayPlay(url: string): boolean {
      const { host, pathname, searchParams } = new URL(url)
      const authKey = searchParams.get('auth_key') ?? ''
      return host === account.playDomain && isGood(account.playKey, pathname, authKey)
    },
  }
}

const infoOf = (StreamName: string) => ({
  ...{ StreamName, AppName: 'live', DomainName: 'play.example.com', FrameRate: 30 },
  ...{ VideoDataRate: 2_000, AudioDataRate: 128, VideoCodecId: 7, AudioCodecId: 10 },
  ...{ Width: 1280, Height: 720, PublishTime: '2026-11-25T02:00:00Z', Transcoded: 'no' },
})
