// The documents that guests speak.

const USER = 'id username displayName';
const MESSAGE = `id seq roomId content version createdAt editedAt deletedAt clientMessageId cursor author { ${USER} }`;
const ROOM = 'id kind name topic headSeq archivedAt';
const EVENT = `seq at actor { ${USER} }`;

/** A well-formed id that nobody and nothing has. */
export const NOWHERE = '018f0000-0000-7000-8000-000000000000';

export const SIGN_UP = `mutation SignUp($input: SignUpInput!) { signUp(input: $input) { user { ${USER} } } }`;
export const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { user { ${USER} } } }`;
export const SIGN_OUT = 'mutation SignOut { signOut }';
export const VIEWER = `query Viewer { viewer { user { ${USER} } } }`;
export const SESSIONS =
  'query Sessions { viewer { sessions { id current userAgent createdAt lastSeenAt expiresAt } } }';
export const REVOKE = 'mutation Revoke($id: ID!) { revokeSession(id: $id) { sessions { id current } } }';
export const UPDATE_PROFILE = `mutation UpdateProfile($input: UpdateProfileInput!) { updateProfile(input: $input) { ${USER} avatarUrl bot } }`;
export const CHANGE_PASSWORD =
  'mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) { user { id } } }';
export const CREATE_KEY =
  'mutation CreateKey($input: CreateAccessKeyInput!) { createAccessKey(input: $input) { secret key { id label scope createdAt lastUsedAt expiresAt } } }';
export const KEYS = 'query Keys { viewer { accessKeys { id label scope createdAt lastUsedAt expiresAt } } }';
export const REVOKE_KEY = 'mutation RevokeKey($id: ID!) { revokeAccessKey(id: $id) { accessKeys { id } } }';
export const BLOCK = `mutation Block($userId: ID!) { blockUser(userId: $userId) { blockedUsers { ${USER} } } }`;
export const UNBLOCK = `mutation Unblock($userId: ID!) { unblockUser(userId: $userId) { blockedUsers { ${USER} } } }`;
export const BLOCKED = `query Blocked { viewer { blockedUsers { ${USER} } } }`;
export const DELETE_ACCOUNT = 'mutation DeleteAccount($password: String!) { deleteAccount(password: $password) }';
export const USER_BY_NAME = `query User($username: String!) { user(username: $username) { ${USER} } }`;

export const CREATE_ROOM = `mutation CreateRoom($input: CreateRoomInput!) { createRoom(input: $input) { ${ROOM} } }`;
export const UPDATE_ROOM = `mutation UpdateRoom($input: UpdateRoomInput!) { updateRoom(input: $input) { ${ROOM} } }`;
export const ARCHIVE = `mutation Archive($roomId: ID!) { archiveRoom(roomId: $roomId) { ${ROOM} } }`;
export const JOIN = `mutation Join($roomId: ID!) { joinRoom(roomId: $roomId) { id role user { ${USER} } } }`;
export const LEAVE = 'mutation Leave($roomId: ID!) { leaveRoom(roomId: $roomId) { user { id } } }';
export const ADD = `mutation Add($input: AddMembersInput!) { addMembers(input: $input) { id role user { ${USER} } } }`;
export const REMOVE = `mutation Remove($input: RemoveMemberInput!) { removeMember(input: $input) { ${ROOM} } }`;
export const SET_ROLE = `mutation SetRole($input: SetRoleInput!) { setRole(input: $input) { id role user { ${USER} } } }`;
const BAN_PARTS = `id reason until createdAt user { ${USER} } by { ${USER} }`;
export const BAN = `mutation Ban($input: BanInput!) { banMember(input: $input) { ${BAN_PARTS} } }`;
export const UNBAN = `mutation Unban($roomId: ID!, $userId: ID!) { unbanMember(roomId: $roomId, userId: $userId) { ${ROOM} } }`;
export const BANS = `query Bans($id: ID!, $first: Int, $after: String) { room(id: $id) { bans(first: $first, after: $after) {
  nodes { ${BAN_PARTS} } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
export const ROOM_BY_ID = `query Room($id: ID!) { room(id: $id) { ${ROOM} viewerMembership { role } lastMessage { content } } }`;
export const MY_ROOMS = `query MyRooms($first: Int, $after: String, $last: Int, $before: String) {
  viewer { rooms(first: $first, after: $after, last: $last, before: $before) {
    nodes { ${ROOM} lastMessage { content } viewerMembership { role } } edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
export const PUBLIC_ROOMS = `query PublicRooms($search: String, $first: Int, $after: String, $last: Int, $before: String) {
  rooms(search: $search, first: $first, after: $after, last: $last, before: $before) {
    nodes { ${ROOM} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
export const MEMBERS = `query Members($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  room(id: $id) { members(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id role user { ${USER} } } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } } }`;

export const SEND = `mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { ${MESSAGE} } }`;
export const EDIT = `mutation Edit($input: EditMessageInput!) { editMessage(input: $input) { ${MESSAGE} } }`;
export const DELETE = `mutation Delete($messageId: ID!) { deleteMessage(messageId: $messageId) { ${MESSAGE} } }`;
export const MESSAGE_BY_ID = `query Message($id: ID!) { message(id: $id) { ${MESSAGE} room { ${ROOM} } } }`;
export const HISTORY = `query History($roomId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  messages(roomId: $roomId, first: $first, after: $after, last: $last, before: $before) {
    nodes { ${MESSAGE} } edges { cursor } streamCursor pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

export const ROOM_EVENTS = `subscription RoomEvents($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename cursor
    ... on StreamReady { start replayed }
    ... on StreamEnded { reason retryAfterMs }
    ... on RoomEvent { ${EVENT} }
    ... on MessageSent { message { ${MESSAGE} } }
    ... on MessageEdited { message { ${MESSAGE} } }
    ... on MessageDeleted { message { ${MESSAGE} } }
    ... on MemberJoined { membership { id role user { ${USER} } } }
    ... on MemberLeft { membershipId removed user { ${USER} } }
    ... on MemberRoleChanged { membership { id role user { ${USER} } } }
    ... on MemberBanned { endedMembershipId: membershipId until user { ${USER} } }
    ... on MemberUnbanned { user { ${USER} } }
    ... on RoomUpdated { room { ${ROOM} } }
  } }`;
export const MESSAGE_SENT = `subscription MessageSent($roomId: ID!, $after: String) { messageSent(roomId: $roomId, after: $after) { ${MESSAGE} } }`;
