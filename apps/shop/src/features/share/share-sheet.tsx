import type { ShareCard } from '@kaibo/contract/people/share'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useRef } from 'react'
import { Trouble } from '../../shell/trouble.tsx'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { RoomCode } from './room-code.tsx'
import './share.css'

type ShareSheetProps = { liveId: string; open: boolean; onClose: () => void }

/** The card of a room, its link, and the system's own ways to send it. */
export function ShareSheet({ liveId, open, onClose }: ShareSheetProps) {
  const t = useT()
  const { user } = useMe()
  const card = useQueryOf(['share', 'card', liveId, user?.id], () => api.share.card({ liveId }), {
    enabled: open && user !== undefined,
  })
  return (
    <Sheet open={open} onClose={onClose} title={t('share.title')} theme="paper">
      {card.data ? (
        <div className="k-stack">
          <Preview card={card.data} />
          <SharedLink card={card.data} />
          <RoomCode url={card.data.url} />
          {user ? <CameOfIt liveId={liveId} /> : <SignInHint />}
        </div>
      ) : card.error ? (
        <Trouble error={card.error} onRetry={() => void card.refetch()} busy={card.isFetching} />
      ) : (
        <Skeleton height="160px" />
      )}
    </Sheet>
  )
}

function Preview({ card }: { card: ShareCard }) {
  return (
    <figure className="share-card">
      {card.imageUrl ? (
        <img src={card.imageUrl} alt="" />
      ) : (
        <span className="share-card-blank" aria-hidden="true" />
      )}
      <figcaption>
        <strong className="k-clamp">{card.title}</strong>
        <span className="k-muted k-clamp">{card.text}</span>
      </figcaption>
    </figure>
  )
}

function SharedLink({ card: { url, title, text } }: { card: ShareCard }) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(url)
      toast.success(t('share.copied'))
    } catch {
      // Without https there is no clipboard: the address is marked, and people copy it themselves.
      toast.show(t('share.copyYourself'))
    }
  }
  // Whoever closes the system's sheet wants nothing more.
  const send = () => void navigator.share({ title, text, url }).catch(() => {})
  return (
    <div className="share-link">
      <input
        ref={field}
        readOnly
        value={url}
        aria-label={t('share.link')}
        onFocus={event => event.target.select()}
      />
      <div className="share-ways">
        <Button tone="primary" size="l" icon="copy" wide onClick={() => void copy()}>
          {t('share.copy')}
        </Button>
        {'share' in navigator && (
          <Button size="l" icon="share" wide onClick={send}>
            {t('share.send')}
          </Button>
        )}
      </div>
    </div>
  )
}

function CameOfIt({ liveId }: { liveId: string }) {
  const t = useT()
  const mine = useQueryOf(['share', 'mine', liveId], () => api.share.mine({ liveId }))
  if (!mine.data) return null
  const { visitorCount, orderCount } = mine.data
  return (
    <p className="k-muted share-came">
      {visitorCount === 0
        ? t('share.nobodyYet')
        : `${t('share.came', { count: visitorCount })} ${t('share.ordered', { count: orderCount })}`}
    </p>
  )
}

function SignInHint() {
  const t = useT()
  const whenSignedIn = useSignedIn()
  return (
    <p className="k-muted share-came">
      {t('share.signInHint')}{' '}
      <Button tone="plain" size="s" onClick={() => whenSignedIn(() => {})}>
        {t('share.signIn')}
      </Button>
    </p>
  )
}
