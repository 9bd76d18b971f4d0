import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { Page } from '@kaibo/ui/shell/page.tsx'
import { Component, type ReactNode } from 'react'

type CrashGuardProps = { children: ReactNode }

/**
 * The last net: a page that cannot be drawn, or whose code is gone after an update, says so and
 * offers to load again. Only a class can catch what happens while React draws.
 */
export class CrashGuard extends Component<CrashGuardProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <Page>
        <ErrorState onRetry={() => location.reload()} />
      </Page>
    )
  }
}
