using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Facialis.Platform.Database;

/// <summary>Keeps the models of different sets of modules apart; EF would otherwise reuse the first one made in the process.</summary>
internal sealed class ModelOfModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), (context as FacialisDb)?.ModuleNames, designTime);
}
