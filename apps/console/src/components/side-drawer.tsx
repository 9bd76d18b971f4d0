import { useT } from '@kaibo/ui/i18n.ts'
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from './use-narrow.ts'

type SideDrawerProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** Details beside the list that they belong to; on a phone they fill the screen. */
export function SideDrawer({ open, onClose, title, children, footer }: SideDrawerProps) {
  const t = useT('ui')
  const isNarrow = useNarrow()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={title}
      size={isNarrow ? '100%' : 620}
      destroyOnHidden
      footer={footer}
      closable={{ 'aria-label': t('action.close') }}
    >
      {children}
    </Drawer>
  )
}
