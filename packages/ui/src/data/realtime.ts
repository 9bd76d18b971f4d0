import { createRealtime, type Realtime, type TopicListener } from '@kaibo/client/realtime'
import { connectWebSocket } from '@kaibo/client/web-socket'
import type { OrderedMessage, SocialMessage } from '@kaibo/contract/show/realtime'
import { useEffect, useRef } from 'react'
import { api } from './api.tsx'

/** The one socket of this page; it connects when somebody first listens. */
export const realtime: Realtime = createRealtime({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/realtime`,
  events: { url: '/realtime/events', fetch: (url, init) => fetch(url, init) },
  getTicket: async () => (await api.realtime.ticket()).ticket,
  connect: connectWebSocket,
})
document.addEventListener('visibilitychange', () => {
  if (document.hidden) realtime.handleHidden()
  else realtime.handleVisible()
})

type Reader = {
  onOrdered?: (message: OrderedMessage) => void
  onSocial?: (message: SocialMessage) => void
  /** Something was missed, or the topic was just joined: fetch the snapshot. */
  onResync?: () => Promise<unknown>
  /** The server refused the topic, such as `topic.forbidden`. */
  onError?: (code: string) => void
}

/** Listens to a topic as long as the component is shown. Handlers may change freely. */
export function useTopic(topic: string | null, reader: Reader): void {
  const latest = useRef(reader)
  latest.current = reader
  useEffect(() => {
    if (topic === null) return
    const listener: TopicListener = {
      onOrdered: item => latest.current.onOrdered?.(item as OrderedMessage),
      onSocial: item => latest.current.onSocial?.(item as SocialMessage),
      onResync: async () => {
        await latest.current.onResync?.()
        return undefined
      },
      onError: code => latest.current.onError?.(code),
    }
    return realtime.subscribe(topic, listener)
  }, [topic])
}
