import type { PatrolRoom } from '@kaibo/contract/media/patrol'
import { riskBandOf } from '@kaibo/contract/media/patrol-life'
import { Badge, type BadgeTone } from '@kaibo/ui/display/badge.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { ageSec, pictureUrl, staleSec } from './model.ts'
import { useLabel } from './use-patrol.ts'

const tones = { high: 'danger', raised: 'warning', calm: 'plain' } as const satisfies Record<
  string,
  BadgeTone
>

/** How much a room asks for a look: in a word, and as a number where it is not calm. */
export function RiskBadge({ risk, on }: { risk: number; on: 'page' | 'picture' }) {
  const t = useT()
  const band = riskBandOf(risk)
  return (
    <Badge tone={on === 'picture' && band === 'calm' ? 'glass' : tones[band]}>
      {t(`patrol.band.${band}`)}
      {band !== 'calm' && ` · ${t('patrol.risk', { risk })}`}
    </Badge>
  )
}

type TileProps = {
  room: PatrolRoom
  now: string
  isChosen: boolean
  /** Tab stops here. */
  isStop: boolean
  onChoose: () => void
  onOpen: () => void
}

/** A room on the wall. */
export function Tile({ room, now, isChosen, isStop, onChoose, onOpen }: TileProps) {
  const t = useT()
  const format = useFormat()
  const label = useLabel()
  const { live, findings } = room
  const name = t('patrol.tile', { title: live.title, shop: live.shopName, risk: room.risk })
  return (
    <li>
      <button
        type="button"
        className="patrol-tile"
        data-id={live.id}
        data-band={riskBandOf(room.risk)}
        data-chosen={isChosen || undefined}
        tabIndex={isStop ? 0 : -1}
        title={name}
        onFocus={onChoose}
        onClick={onOpen}
      >
        <RoomPicture room={room} />
        <span className="patrol-tile-head">
          <RiskBadge risk={room.risk} on="picture" />
          {room.isPinned && <Badge tone="info">{t('patrol.pinned')}</Badge>}
          <PictureAge room={room} now={now} />
        </span>
        <span className="patrol-tile-foot">
          <b>{live.title}</b>
          <span>{live.shopName}</span>
          <span className="patrol-tile-facts k-num">
            <span>
              {t('patrol.online', {
                count: live.onlineCount,
                shown: format.count(live.onlineCount),
              })}
            </span>
            {room.openAlertCount > 0 && (
              <span>{t('patrol.alertCount', { count: room.openAlertCount })}</span>
            )}
          </span>
          {findings.length > 0 && (
            <span className="patrol-tile-found">
              <Icon name="warning" />
              <span>{format.list(findings.map(finding => label(finding.label)))}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  )
}

/** The newest picture; or why there is none. */
function RoomPicture({ room: { picture, live } }: { room: PatrolRoom }) {
  const t = useT()
  if (picture) return <img className="patrol-picture" src={pictureUrl(picture.id)} alt="" />
  return (
    <span className="patrol-no-picture">
      <Icon name={live.state === 'away' ? 'clock' : 'image'} />
      {t(live.state === 'away' ? 'patrol.away' : 'patrol.noPicture')}
    </span>
  )
}

function PictureAge({ room: { picture, live }, now }: { room: PatrolRoom; now: string }) {
  const t = useT()
  if (!picture) return null
  const sec = ageSec(picture.takenAt, now)
  return (
    <span className="patrol-age k-num" data-stale={sec > staleSec || undefined}>
      {live.state === 'away' ? t('patrol.away') : t('patrol.age', { count: sec })}
    </span>
  )
}
