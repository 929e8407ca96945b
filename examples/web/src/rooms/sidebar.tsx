// The left side: search, ways into rooms, the list of those one is in, and oneself.
import { useMutation } from '@apollo/client/react';
import { SignOutDocument } from 'parley/client';
import { documentNode } from 'parley/client/apollo';
import { useState } from 'react';
import { Account } from '../account/account';
import { DirectMessage } from '../people/direct-message';
import { useMe } from '../session/me';
import { Avatar } from '../ui/avatar';
import { ConnectionBadge } from '../ui/connection-badge';
import { Icon } from '../ui/icon';
import { ParleyMark } from '../ui/parley-mark';
import { BrowseRooms } from './browse-rooms';
import { CreateRoom } from './create-room';
import { RoomList } from './room-list';
import { SearchMessages } from './search-messages';
import type { Rooms } from './use-rooms';
import './sidebar.css';

interface Props {
  list: Rooms;
  openId: string | undefined;
  onSignedOut(reason?: string): void;
}

const WAYS = [
  { way: 'browse', label: 'Browse', icon: 'compass', Window: BrowseRooms },
  { way: 'create', label: 'New room', icon: 'plus', Window: CreateRoom },
  { way: 'direct', label: 'Message', icon: 'person', Window: DirectMessage },
] as const;

export function Sidebar({ list, openId, onSignedOut }: Props) {
  const [way, setWay] = useState<(typeof WAYS)[number]>();
  const [searching, setSearching] = useState(false);
  const close = () => setWay(undefined);
  return (
    <aside className="side" aria-label="Rooms and people">
      <header className="side-top">
        <h1>
          <ParleyMark /> Parley
        </h1>
        <ConnectionBadge trouble={!!list.problem} />
      </header>
      <button type="button" className="side-search" onClick={() => setSearching(true)}>
        <Icon name="search" /> Search messages
      </button>
      <div className="side-ways">
        {WAYS.map((each) => (
          <button key={each.way} type="button" className="button quiet small" onClick={() => setWay(each)}>
            <Icon name={each.icon} /> {each.label}
          </button>
        ))}
      </div>
      <nav className="side-rooms" aria-label="Your rooms">
        <RoomsOrWhyNot list={list} openId={openId} />
      </nav>
      <Oneself onSignedOut={onSignedOut} />
      {searching && <SearchMessages onClose={() => setSearching(false)} />}
      {way && <way.Window onClose={close} onEntered={list.refresh} />}
    </aside>
  );
}

function RoomsOrWhyNot({ list, openId }: { list: Rooms; openId: string | undefined }) {
  if (list.rooms.length > 0) {
    return (
      <>
        <RoomList rooms={list.rooms} openId={openId} />
        {list.more && <p className="side-note">The liveliest 100 of your rooms.</p>}
      </>
    );
  }
  if (list.loading) return null;
  if (list.problem) return <p className="side-note">{list.problem}</p>;
  return <p className="side-note">You are in no room yet. Browse the public ones, or make your own.</p>;
}

function Oneself({ onSignedOut }: { onSignedOut(reason?: string): void }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [signOut, { loading }] = useMutation(documentNode(SignOutDocument));
  const leave = async () => {
    try {
      await signOut();
    } finally {
      onSignedOut(); // with the server away the cookie stays behind, but this screen is empty
    }
  };
  return (
    <footer className="side-me">
      <button type="button" className="side-account" onClick={() => setOpen(true)}>
        <Avatar face={me} size="small" />
        <span className="unseen">Account of</span>
        <strong>{me.displayName}</strong>
        <span>@{me.username}</span>
      </button>
      <button type="button" className="button quiet small" onClick={leave} disabled={loading}>
        Sign out
      </button>
      {open && <Account onClose={() => setOpen(false)} onSignedOut={onSignedOut} />}
    </footer>
  );
}
