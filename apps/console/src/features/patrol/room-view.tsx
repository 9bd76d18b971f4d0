import type { PatrolPicture, PatrolRoom } from '@kaibo/contract/media/patrol'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { Skeleton } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { lazy, Suspense, useState } from 'react'
import { pictureUrl } from './model.ts'

const Player = lazy(async () => ({
  default: (await import('@kaibo/ui/player/player.tsx')).Player,
}))

type RoomViewProps = { room: PatrolRoom; picture: PatrolPicture | undefined }

/** A picture as large as it fits, or the stream itself with its sound. */
export function RoomView({ room, picture }: RoomViewProps) {
  const t = useT()
  const { time } = useFormat()
  const [isWatching, setWatching] = useState(false)
  return (
    <figure className="patrol-view">
      {isWatching ? (
        <Stream room={room} />
      ) : picture ? (
        <img src={pictureUrl(picture.id)} alt={t('patrol.pictureOf', { title: room.live.title })} />
      ) : (
        <span className="patrol-no-picture">
          <Icon name="image" />
          {t('patrol.noPicture')}
        </span>
      )}
      <figcaption>
        {!isWatching && picture && (
          <time dateTime={picture.takenAt} className="k-num">
            {t('patrol.takenAt', { time: time(picture.takenAt) })}
          </time>
        )}
        <Button
          size="s"
          icon={isWatching ? 'image' : 'live'}
          onClick={() => setWatching(!isWatching)}
        >
          {t(isWatching ? 'patrol.showPicture' : 'patrol.watch')}
        </Button>
      </figcaption>
    </figure>
  )
}

function Stream({ room: { live } }: { room: PatrolRoom }) {
  const t = useT()
  const room = useQueryOf(['room', live.id], () => api.live.room({ id: live.id }))
  return (
    <div className="patrol-stream">
      <Suspense fallback={<Skeleton height="100%" />}>
        <Player
          sources={room.data?.play?.endpoints ?? []}
          fit="contain"
          label={t('patrol.pictureOf', { title: live.title })}
        />
      </Suspense>
    </div>
  )
}
