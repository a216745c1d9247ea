using System.Security.Claims;
using Facialis.Platform.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Facialis.Clinic.Vials;

/// <summary>The name that stands beside what was done to a vial.</summary>
internal static class StockKeeper
{
    public static async Task<string> NameAsync(FacialisDb db, HttpContext request)
    {
        var id = Guid.Parse(request.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));
        return await db.Users.Where(u => u.Id == id).Select(u => u.DisplayName).SingleAsync(request.RequestAborted);
    }
}
