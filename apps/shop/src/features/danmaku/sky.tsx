import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { useEffect, useRef } from 'react'
import type { ChatLine } from '../chat/model.ts'
import './danmaku.css'
import { createCanvasDanmaku } from './engine.ts'

/** After a reconnect nobody wants the whole history over the picture. */
const atOnceMax = 20

/** The room's new comments fly over the picture. Screen readers have the chat. */
export function DanmakuSky({ feed }: { feed: ChatFeed<ChatLine> }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!canvas.current) return
    const danmaku = createCanvasDanmaku(canvas.current)
    let seen = new Set(feed.rows().map(({ id }) => id))
    const leave = feed.subscribe(() => {
      const rows = feed.rows()
      for (const { text, tone } of rows.filter(({ id }) => !seen.has(id)).slice(-atOnceMax))
        danmaku.fly({ text, tone: tone === 'host' || tone === 'own' ? tone : 'viewer' })
      seen = new Set(rows.map(({ id }) => id))
    })
    return () => {
      leave()
      danmaku.destroy()
    }
  }, [feed])
  return <canvas ref={canvas} className="danmaku" />
}
