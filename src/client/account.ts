// Who one is: signing up, in and out, sessions, access keys, and whom one wants to hear nothing from.
import { signedIn } from './answers.js';
import * as api from './generated.js';
import { Requests } from './requests.js';

export abstract class Account extends Requests {
  async signUp(input: api.SignUpInput): Promise<api.ViewerPartsFragment> {
    const { signUp } = await this.request(api.SignUpDocument, { input });
    this.connection.becomeSomeoneElse();
    return signUp;
  }

  async signIn(input: api.SignInInput): Promise<api.ViewerPartsFragment> {
    const { signIn } = await this.request(api.SignInDocument, { input });
    this.connection.becomeSomeoneElse();
    return signIn;
  }

  /** Ends this session: everything that listens with it ends with SESSION_ENDED. */
  async signOut(): Promise<void> {
    await this.request(api.SignOutDocument);
  }

  /** null: signed out. */
  async viewer(): Promise<api.ViewerPartsFragment | null> {
    return (await this.request(api.ViewerDocument)).viewer;
  }

  async sessions(): Promise<api.SessionPartsFragment[]> {
    return signedIn((await this.request(api.ViewerSessionsDocument)).viewer).sessions;
  }

  async revokeSession(id: string): Promise<api.SessionPartsFragment[]> {
    return (await this.request(api.RevokeSessionDocument, { id })).revokeSession.sessions;
  }

  /** What is absent stays; `avatarUrl: null` takes the picture away. */
  async updateProfile(input: api.UpdateProfileInput): Promise<api.UserPartsFragment> {
    return (await this.request(api.UpdateProfileDocument, { input })).updateProfile;
  }

  /** Ends every other session; this one goes on. */
  async changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await this.request(api.ChangePasswordDocument, { input: { currentPassword, newPassword } });
  }

  /** A key for a script or a bot. Keep the `secret`: it is never shown again. */
  async createAccessKey(input: api.CreateAccessKeyInput): Promise<api.CreateAccessKeyMutation['createAccessKey']> {
    return (await this.request(api.CreateAccessKeyDocument, { input })).createAccessKey;
  }

  async accessKeys(): Promise<api.AccessKeyPartsFragment[]> {
    return signedIn((await this.request(api.ViewerAccessKeysDocument)).viewer).accessKeys;
  }

  async revokeAccessKey(id: string): Promise<api.AccessKeyPartsFragment[]> {
    return (await this.request(api.RevokeAccessKeyDocument, { id })).revokeAccessKey.accessKeys;
  }

  /** No direct messages from them any more. Answers with all whom one has blocked. */
  async blockUser(userId: string): Promise<api.UserPartsFragment[]> {
    return (await this.request(api.BlockUserDocument, { userId })).blockUser.blockedUsers;
  }

  async unblockUser(userId: string): Promise<api.UserPartsFragment[]> {
    return (await this.request(api.UnblockUserDocument, { userId })).unblockUser.blockedUsers;
  }

  async blockedUsers(): Promise<api.UserPartsFragment[]> {
    return signedIn((await this.request(api.ViewerBlockedUsersDocument)).viewer).blockedUsers;
  }

  /** For good. What was said stays, under a nameless user. */
  async deleteAccount(password: string): Promise<void> {
    await this.request(api.DeleteAccountDocument, { password });
  }

  async user(username: string): Promise<api.UserPartsFragment | null> {
    return (await this.request(api.UserDocument, { username })).user;
  }
}
