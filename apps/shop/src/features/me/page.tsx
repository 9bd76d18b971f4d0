import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe, useSetMe, useSignOut } from '@kaibo/ui/session/use-me.ts'
import { AppBar, Page } from '@kaibo/ui/shell/page.tsx'
import { type ChangeEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { MainNav } from '../../shell/main-nav.tsx'
import { SignInPage } from '../../shell/sign-in-page.tsx'
import './me.css'

/** Who I am, my addresses, my language. */
export function MePage() {
  const t = useT()
  const { user } = useMe()
  const [, go] = useLocation()
  const [language, setLanguage] = useLanguage()
  const signOut = useSignOut()
  const [isRenaming, setRenaming] = useState(false)
  if (user === null) return <SignInPage title={t('me.title')} />
  if (!user) return <SkeletonList rows={4} />
  return (
    <Page bar={<AppBar title={t('me.title')} />} foot={<MainNav />}>
      <div className="k-stack">
        <section className="k-card me-head">
          <AvatarUpload nickname={user.nickname} url={user.avatarUrl} />
          <div>
            <h1>{user.nickname}</h1>
            <p className="k-muted k-num">{user.phoneMasked}</p>
          </div>
          <Button tone="quiet" size="s" onClick={() => setRenaming(true)}>
            {t('me.rename')}
          </Button>
        </section>
        <List label={t('me.title')}>
          <ListItem
            lead={<Icon name="orders" />}
            title={t('nav.orders')}
            trail={<Icon name="chevron" />}
            onPress={() => go('/orders')}
          />
          <ListItem
            lead={<Icon name="truck" />}
            title={t('address.title')}
            trail={<Icon name="chevron" />}
            onPress={() => go('/me/addresses')}
          />
          <ListItem
            lead={<Icon name="language" />}
            title={t('language.name')}
            trail={language === 'en' ? 'English' : '中文'}
            onPress={() => void setLanguage(language === 'en' ? 'zh-CN' : 'en')}
          />
          <ListItem
            lead={<Icon name="live" />}
            title={t('me.studio')}
            trail={<Icon name="chevron" />}
            href="/studio/"
          />
        </List>
        <Button tone="quiet" wide busy={signOut.busy} onClick={() => signOut.run(undefined)}>
          {t('me.signOut')}
        </Button>
      </div>
      <RenameDialog open={isRenaming} onClose={() => setRenaming(false)} nickname={user.nickname} />
    </Page>
  )
}

function AvatarUpload({ nickname, url }: { nickname: string; url: string | null }) {
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
  }
  return (
    <label className="me-avatar" aria-busy={upload.busy}>
      <Avatar name={nickname} src={url} size={64} />
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

function RenameDialog({
  open,
  onClose,
  nickname,
}: {
  open: boolean
  onClose: () => void
  nickname: string
}) {
  const t = useT()
  const setMe = useSetMe()
  const [name, setName] = useState(nickname)
  const rename = useActionOf(() => api.account.updateMe({ nickname: name.trim() }), {
    onDone(me) {
      setMe(me)
      toast.success(t('me.renamed'))
      onClose()
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
