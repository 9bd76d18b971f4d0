import type { Me } from '@kaibo/contract/people/account'
import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useSetMe } from '@kaibo/ui/session/use-me.ts'
import { type ChangeEvent, useState } from 'react'

type User = NonNullable<Me['user']>

/** My picture and my name; both can be changed. */
export function Profile({ user }: { user: User }) {
  const t = useT()
  const [isRenaming, setRenaming] = useState(false)
  return (
    <section className="me-head">
      <AvatarUpload user={user} />
      <div className="me-names">
        <h2 className="k-clamp">{user.nickname}</h2>
        <p className="k-muted k-num">{user.phoneMasked}</p>
      </div>
      <Button tone="quiet" size="s" onClick={() => setRenaming(true)}>
        {t('me.rename')}
      </Button>
      <RenameDialog
        key={user.nickname}
        open={isRenaming}
        onClose={() => setRenaming(false)}
        nickname={user.nickname}
      />
    </section>
  )
}

function AvatarUpload({ user }: { user: User }) {
  const t = useT()
  const setMe = useSetMe()
  const upload = useActionOf(
    async (file: File) => {
      const { id } = await api.files.upload({
        bytes: new Uint8Array(await file.arrayBuffer()),
        contentType: file.type,
      })
      return api.account.updateMe({ avatarFileId: id })
    },
    { onDone: setMe },
  )
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (file) upload.run(file)
    // The same file again is a change, too.
    event.target.value = ''
  }
  return (
    <label className="me-avatar" aria-busy={upload.busy}>
      <Avatar name={user.nickname} src={user.avatarUrl} size={72} />
      <span className="me-avatar-mark">
        <Icon name="camera" />
      </span>
      <input
        type="file"
        accept="image/jpeg,image/png,image/webp"
        className="k-sr"
        onChange={choose}
        aria-label={t('me.avatar')}
      />
    </label>
  )
}

type RenameDialogProps = { open: boolean; onClose: () => void; nickname: string }

function RenameDialog({ open, onClose, nickname }: RenameDialogProps) {
  const t = useT()
  const setMe = useSetMe()
  const [name, setName] = useState(nickname)
  const rename = useActionOf(() => api.account.updateMe({ nickname: name.trim() }), {
    onDone(me) {
      toast.success(t('me.renamed'))
      onClose()
      setMe(me)
    },
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      onConfirm={() => name.trim() && rename.run(undefined)}
      title={t('me.rename')}
      confirmLabel={t('address.save')}
      busy={rename.busy}
    >
      <TextField
        label={t('me.nickname')}
        maxLength={24}
        value={name}
        onChange={event => setName(event.target.value)}
      />
    </Dialog>
  )
}
