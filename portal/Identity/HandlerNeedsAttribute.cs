using Aufruf.Domain.Identity;

namespace Aufruf.Portal.Identity;

/// <summary>States the permission that one form of a page needs besides the page's own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HandlerNeedsAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>May be asked while the desk is locked: to unlock it, and to sign out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WhileLockedAttribute : Attribute;
