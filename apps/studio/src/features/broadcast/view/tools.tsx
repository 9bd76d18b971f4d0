import { Button } from '@kaibo/ui/control/button.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { Broadcast, BroadcastView } from '../broadcast.ts'
import { useMicLevel } from '../sound/use-mic-level.ts'
import { Glyph } from './glyph.tsx'
import { Tool } from './tool.tsx'
import type { CastScreen } from './use-cast-screen.ts'

type ToolsProps = { broadcast: Broadcast; view: BroadcastView; screen: CastScreen }

/** What the host's thumb reaches: on air; camera, sound, effects, the viewers' picture, devices. */
export function Tools({ broadcast, view, screen }: ToolsProps) {
  const t = useT()
  const { camera } = broadcast
  const { isMuted, mic, cast } = view
  const { bar, isSilent } = useMicLevel(isMuted || cast.at === 'away' ? null : mic)
  return (
    <>
      {isSilent && <SilentNote />}
      <GoButton broadcast={broadcast} view={view} />
      <div className="cast-tools" role="toolbar" aria-label={t('broadcast.tools')}>
        {view.source === 'camera' ? (
          <Tool
            icon={<Glyph name="flip" />}
            label={t('broadcast.tool.flip')}
            onClick={() => void camera.flip()}
          />
        ) : (
          <Tool
            icon={<Icon name="camera" />}
            label={t('broadcast.tool.camera')}
            onClick={() => void camera.stopScreen()}
          />
        )}
        <Tool
          icon={
            <>
              <i ref={bar} className="cast-level" aria-hidden="true" />
              <Glyph name={isMuted || !mic ? 'mic-off' : 'mic'} />
            </>
          }
          label={t(isMuted ? 'broadcast.tool.unmute' : 'broadcast.tool.mute')}
          aria-pressed={isMuted}
          disabled={!mic}
          onClick={() => camera.setMuted(!isMuted)}
        />
        <Tool
          icon={<Glyph name="effects" />}
          label={t('broadcast.tool.effects')}
          onClick={() => screen.setOpen('effects')}
        />
        {screen.isAired && (
          <Tool
            icon={<Icon name="eye" />}
            label={t('broadcast.tool.viewers')}
            aria-pressed={screen.hasViewers}
            onClick={() => screen.setViewers(!screen.hasViewers)}
          />
        )}
        <Tool
          icon={<Icon name="settings" />}
          label={t('broadcast.tool.devices')}
          onClick={() => screen.setOpen('devices')}
        />
      </div>
    </>
  )
}

function SilentNote() {
  const t = useT()
  return (
    <p className="cast-silent" role="status">
      <Icon name="warning" />
      {t('broadcast.silent')}
    </p>
  )
}

/** The one press that matters; it waits until there is a picture. */
function GoButton({ broadcast, view }: Pick<ToolsProps, 'broadcast' | 'view'>) {
  const t = useT()
  const { at } = view.cast
  if (at !== 'setup' && at !== 'refused') return null
  return (
    <Button
      className="cast-go"
      tone="primary"
      size="l"
      icon="live"
      busy={view.isOpening}
      disabled={view.picture === null}
      onClick={() => broadcast.go()}
    >
      {t('broadcast.go')}
    </Button>
  )
}
