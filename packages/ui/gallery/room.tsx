import { useEffect, useRef, useState } from 'react'
import { Button, IconButton } from '../src/control/button.tsx'
import { Avatar } from '../src/display/avatar.tsx'
import { Badge, ViewerCount } from '../src/display/badge.tsx'
import { Price } from '../src/display/price.tsx'
import { useLanguage, useT } from '../src/i18n.ts'
import { createChatFeed } from '../src/live/chat-feed.ts'
import { ChatList } from '../src/live/chat-list.tsx'
import { Countdown } from '../src/live/countdown.tsx'
import { Hearts, type HeartsHandle, LikeButton } from '../src/live/hearts.tsx'
import { Sheet } from '../src/overlay/sheet.tsx'
import { Player } from '../src/player/player.tsx'
import type { PlayerState } from '../src/player/player-engine.ts'

const query = new URLSearchParams(location.search)
const feed = createChatFeed()
const endsAtMs = Date.now() + 95_000

/** A live room made of the kit alone; `?flv=` and `?llhls=` give it something to play. */
export function Room() {
  const t = useT()
  const [likes, setLikes] = useState(9_998)
  const [bagOpen, setBagOpen] = useState(false)
  const [state, setState] = useState<PlayerState>('connecting')
  const hearts = useRef<HeartsHandle>(null)
  const like = () => setLikes(count => count + 1)
  useSampleChat()
  const sources = (['flv', 'llhls'] as const).flatMap(protocol => {
    const url = query.get(protocol)
    return url ? [{ protocol, url }] : []
  })
  return (
    <main className="g-room" data-theme="room" data-player={state}>
      <Hearts ref={hearts} onLike={like}>
        <Player sources={sources} poster="./poster.svg" onState={setState} />
      </Hearts>
      <RoomTop />
      <div className="g-room-bottom">
        <div className="g-room-chat">
          <ChatList feed={feed} />
        </div>
        <ExplainCard onBuy={() => setBagOpen(true)} />
        <div className="g-room-bar">
          <button type="button" className="g-room-input">
            {t('room.say')}
          </button>
          <IconButton
            icon="bag"
            tone="glass"
            label={t('action.bag')}
            badge={12}
            onClick={() => setBagOpen(true)}
          />
          <IconButton icon="share" tone="glass" label={t('action.share')} />
          <LikeButton
            count={likes}
            onLike={() => {
              like()
              hearts.current?.rise(5)
            }}
          />
        </div>
      </div>
      <Sheet
        open={bagOpen}
        onClose={() => setBagOpen(false)}
        title={t('overlay.sheetTitle')}
        theme="paper"
        tall
      >
        <p>{t('sample.longName')}</p>
      </Sheet>
    </main>
  )
}

function RoomTop() {
  const t = useT()
  const [language, setLanguage] = useLanguage()
  return (
    <div className="g-room-top">
      <div className="g-host">
        <Avatar name={t('room.host')} live />
        <span className="g-host-name">
          <b>{t('room.host')}</b>
          <small>{t('room.shop')}</small>
        </span>
        <Button tone="primary" size="s">
          {t('action.follow')}
        </Button>
      </div>
      <ViewerCount count={23_456} />
      <IconButton
        icon="language"
        tone="glass"
        label={t('title')}
        onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      />
    </div>
  )
}

function ExplainCard({ onBuy }: { onBuy: () => void }) {
  const t = useT()
  return (
    <div className="g-explain" data-theme="paper">
      <span className="g-explain-art" />
      <div className="g-explain-text">
        <span className="k-row">
          <Badge tone="accent">{t('badge.explaining')}</Badge>
          <Countdown endsAtMs={endsAtMs} />
        </span>
        <span className="k-clamp">{t('sample.longName')}</span>
        <Price fen={12_900} wasFen={19_900} />
      </div>
      <Button tone="primary" size="s" onClick={onBuy}>
        {t('action.buy')}
      </Button>
    </div>
  )
}

function useSampleChat() {
  const t = useT()
  useEffect(() => {
    let sent = 0
    const timer = setInterval(() => {
      sent++
      if (sent > 400) return clearInterval(timer)
      const tones = ['viewer', 'viewer', 'host', 'viewer', 'own', 'order'] as const
      feed.push({
        id: String(sent),
        author: t(`chat.author${sent % 3}`),
        text: t(`chat.text${sent % 5}`),
        tone: tones[sent % tones.length],
      })
    }, 250)
    return () => clearInterval(timer)
  }, [t])
}
