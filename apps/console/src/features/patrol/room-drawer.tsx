import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import { type VerdictKind, verdictKinds } from '@kaibo/contract/media/patrol-life'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { AlertLine } from './alert-line.tsx'
import { VerdictHistory } from './evidence/verdict-history.tsx'
import type { Trial } from './judge-form.tsx'
import { pictureUrl } from './model.ts'
import { RoomView } from './room-view.tsx'
import { RiskBadge } from './tile.tsx'
import { patrolKey, usePatrolRoom } from './use-patrol.ts'
import { useVerdictKeys } from './use-verdict-keys.ts'

const keyOf: Readonly<Record<VerdictKind, string>> = { warn: 'W', cut: 'C', ban: 'B' }

type RoomDrawerProps = {
  id: string | null
  /** Still on the wall. */
  isOnAir: boolean
  /** A verdict on it is being given. */
  isOnTrial: boolean
  onClose: () => void
  onJudge: (trial: Trial) => void
}

/** One room at full size, with what is known of it and the three verdicts. */
export function RoomDrawer({ id, onClose, ...props }: RoomDrawerProps) {
  const t = useT()
  return (
    <SideDrawer open={id !== null} onClose={onClose} title={t('patrol.room')}>
      {id && <Room key={id} id={id} onClose={onClose} {...props} />}
    </SideDrawer>
  )
}

function Room({ id, isOnAir, isOnTrial, onClose, onJudge }: RoomDrawerProps & { id: string }) {
  const t = useT()
  const sentence = useErrorSentence()
  const { data, error } = usePatrolRoom(id, { isAsked: isOnAir && !isOnTrial })
  const [shownId, setShownId] = useState<string | null>(null)
  const shown = data?.pictures.find(picture => picture.id === shownId) ?? data?.pictures[0]
  const judge = (kind: VerdictKind) => {
    if (data && isOnAir) onJudge({ room: data.room, kind, pictureId: shown?.id ?? null })
  }
  useVerdictKeys(judge)
  if (!isOnAir) {
    return (
      <Empty
        icon="eye"
        title={t('patrol.offAir')}
        action={<Button onClick={onClose}>{t('patrol.toWall')}</Button>}
      />
    )
  }
  if (error && !data) return <Empty icon="eye" title={sentence(error)} />
  if (!data) return <SkeletonList rows={5} />
  const { room, pictures, alerts } = data
  return (
    <div className="patrol-room">
      <RoomHead room={room} />
      <RoomView room={room} picture={shown} />
      <ul className="patrol-strip" aria-label={t('patrol.pictures')}>
        {pictures.map(picture => (
          <li key={picture.id}>
            <PictureButton
              picture={picture}
              isShown={picture.id === shown?.id}
              onShow={() => setShownId(picture.id === shownId ? null : picture.id)}
            />
          </li>
        ))}
      </ul>
      <div className="patrol-actions">
        {verdictKinds.map(kind => (
          <Button
            key={kind}
            tone={kind === 'warn' ? 'quiet' : 'danger'}
            onClick={() => judge(kind)}
          >
            {t(`patrol.act.${kind}`)} <kbd>{keyOf[kind]}</kbd>
          </Button>
        ))}
      </div>
      <PinSwitch room={room} />
      {alerts.length > 0 && (
        <section className="k-stack">
          <h3>{t('patrol.view.alerts')}</h3>
          <ul className="patrol-lines">
            {alerts.map(alert => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
          </ul>
        </section>
      )}
      <VerdictHistory shopId={room.shopId} />
    </div>
  )
}

type PictureButtonProps = {
  picture: { id: string; takenAt: string }
  isShown: boolean
  onShow: () => void
}

function PictureButton({ picture, isShown, onShow }: PictureButtonProps) {
  const { time } = useFormat()
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-label={time(picture.takenAt)}
      onClick={onShow}
    >
      <img src={pictureUrl(picture.id)} alt="" />
    </button>
  )
}

function RoomHead({ room }: { room: PatrolRoom }) {
  const t = useT()
  const format = useFormat()
  const { live } = room
  return (
    <header className="patrol-room-head">
      <h2>{live.title}</h2>
      <p className="k-muted">
        {[
          live.shopName,
          live.host.nickname,
          t('patrol.online', { count: live.onlineCount, shown: format.count(live.onlineCount) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="k-row">
        <RiskBadge risk={room.risk} on="page" />
        <span className="k-muted">{t(`patrol.pace.${room.pace}`)}</span>
      </p>
    </header>
  )
}

function PinSwitch({ room }: { room: PatrolRoom }) {
  const t = useT()
  const pin = useActionOf((isPinned: boolean) => api.patrol.pin({ id: room.live.id, isPinned }), {
    refresh: [patrolKey],
  })
  return (
    <Switch
      label={t('patrol.pin')}
      hint={t('patrol.pinHint')}
      checked={room.isPinned}
      busy={pin.busy}
      onChange={pin.run}
    />
  )
}
