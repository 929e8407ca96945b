// The SDK, published as parley/client: works in browsers and in Node.js, and needs nothing but graphql-ws.
export type { Page } from './answers.js';
export * from './chat-client.js';
export type { ConnectionOptions } from './connection.js';
export { CloseCode, ParleyError } from './errors.js';
export type {
  AccessKeyPartsFragment as AccessKey,
  BanPartsFragment as Ban,
  MembershipPageFragment as MembershipPage,
  MembershipPartsFragment as Membership,
  MessageCardFragment as MessageCard,
  MessagePageFragment as MessagePage,
  MessagePartsFragment as Message,
  PageInfoPartsFragment as PageInfo,
  PresencePartsFragment as Presence,
  ReadStatePartsFragment as ReadState,
  RevisionPartsFragment as Revision,
  RoomCardFragment as Room,
  RoomPageFragment as RoomPage,
  SearchPageFragment as SearchPage,
  SessionPartsFragment as Session,
  UserPartsFragment as User,
  ViewerPartsFragment as Viewer,
} from './generated.js';
export * from './generated.js';
export type { Following } from './lossy-stream.js';
export { RoomListener } from './room-listener.js';
export type { ListenEnd, ListenState, RoomStreamItem, StreamReady } from './room-stream.contract.js';
export type { SendOptions } from './sending.js';
export { createSocket, type SocketOptions } from './socket.js';
export type { ListenOptions } from './streams.js';
